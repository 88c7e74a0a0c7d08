import { type DynamicModule, Module } from '@nestjs/common';
import { DemoIssuer } from '#libs/access';
import { DemoController } from './demo.controller.ts';

/** Signs anyone in as anyone: only for a demo. */
@Module({})
export class DemoModule {
  static forRoot(issuer: DemoIssuer): DynamicModule {
    return {
      module: DemoModule,
      controllers: [DemoController],
      providers: [{ provide: DemoIssuer, useValue: issuer }],
    };
  }
}
